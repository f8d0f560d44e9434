"""gunicorn serves the portal: `gunicorn --config deploy/examples/gunicorn.conf.py wsgi:application`."""

# The reverse proxy is on the same machine; set PLAINPORT_PROXIES=1 so that its headers, and no others, are believed.
bind = "127.0.0.1:8000"
# Threads wait for the database together; processes use the cores.
worker_class = "gthread"
workers = 2
threads = 8
# Opening a connection costs more than a page.
keepalive = 30
timeout = 60
graceful_timeout = 30
# Nobody steers this server through a socket but the service manager.
control_socket_disable = True
# A worker starts afresh now and then, not all at once.
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = "-"
# No query strings in the log: they can hold what people searched for.
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms'
