"""Emergency plans: who does what when work stops, drilled beforehand, looked back at afterwards."""
