"""Files as people and attackers send them, made when a test needs them."""

import struct
import zlib
from io import BytesIO

import pikepdf
from PIL import Image

CANARY = b"canary-4f1e"


def a_png(size: tuple[int, int] = (40, 30), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, 1 if mode in ("1", "P") else None).save(out, "PNG")
    return out.getvalue()


def a_jpeg(*, turned: bool = False) -> bytes:
    out = BytesIO()
    image = Image.new("RGB", (40, 30), "teal")
    exif = image.getexif()
    exif[0x010F] = CANARY.decode()
    if turned:
        exif[0x0112] = 6
    image.save(out, "JPEG", exif=exif, comment=CANARY)
    return out.getvalue()


def a_png_of(width: int, height: int) -> bytes:
    """A picture that says it is large and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _chunk(b"IEND", b"")
    )


def a_png_with_much_text() -> bytes:
    """A picture whose comment unpacks to a gigabyte."""
    packed = zlib.compressobj()
    body = b"".join(packed.compress(b"\0" * 1_000_000) for _ in range(1000)) + packed.flush()
    whole = a_png()
    return whole[:33] + _chunk(b"zTXt", b"Comment\0\0" + body) + whole[33:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def a_pdf(*, password: str = "") -> bytes:
    out = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return out.getvalue()


def an_armed_pdf() -> bytes:
    """A PDF that would run a script, start a program, send a form and drop a file."""
    out = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(CANARY))
    pdf.Root.OpenAction = script
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", pdf.make_indirect(script)]))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pikepdf.Stream(pdf, CANARY))
    pdf.attachments["evil.exe"] = CANARY
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String(CANARY))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch)
    good = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://hospital.example"))
    good.Next = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(launch)]))
    kept = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=good)
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link), kept])
    pdf.pages[0].AA = pikepdf.Dictionary(O=script)
    pdf.save(out, compress_streams=False)
    return out.getvalue()


def a_pdf_bomb() -> bytes:
    """A PDF whose table of objects unpacks to ten gigabytes."""
    packed = zlib.compressobj(9)
    zeros = b"\0" * 10_000_000
    body = b"".join(packed.compress(zeros) for _ in range(1000)) + packed.flush()
    head = b"%PDF-1.5\n"
    table = b"1 0 obj\n<</Type/XRef/Size 3/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length " + str(len(body)).encode()
    return head + table + b">>\nstream\n" + body + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"
