"""What the print engine leaves undone in a PDF that everyone should be able to read."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from portal.printing.attachments import Attachment

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
Marks = dict[int, set[int]]
"""The marked pieces of each page, by number, that belong to the structure."""

_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""Which part of PDF/UA this follows, and the description of that very field which PDF/A asks for."""


def finish(pdf_bytes: bytes, attachment: Attachment | None = None) -> bytes:
    """Return the PDF with nothing carried along but what we attach, ornaments marked, and saying what it is."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        _carry_nothing(pdf)
        if attachment:
            _attach(pdf, attachment)
        _mark_ornaments(pdf)
        _say_accessible(pdf)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _carry_nothing(pdf: pikepdf.Pdf) -> None:
    """Take out files that a document's HTML would have put into the PDF."""
    if "/AF" in pdf.Root:
        del pdf.Root.AF
    if "/Names" in pdf.Root and "/EmbeddedFiles" in pdf.Root.Names:
        del pdf.Root.Names.EmbeddedFiles
    for page in pdf.pages:
        if "/Annots" in page:
            kept = [each for each in page.Annots if each.get("/Subtype") != pikepdf.Name.FileAttachment]
            page.Annots = pikepdf.Array(kept)


def _attach(pdf: pikepdf.Pdf, attachment: Attachment) -> None:
    """Let a PDF carry its content as JSON, as PDF/A-3 wants it: typed, dated, and said to be the data of the page."""
    body = attachment.body.encode()
    stream = pdf.make_stream(body, Type=pikepdf.Name.EmbeddedFile, Subtype=pikepdf.Name("/application/json"))
    stream.Params = pikepdf.Dictionary(ModDate=pikepdf.String(attachment.changed_at), Size=len(body))
    stream = pdf.make_indirect(stream)
    file = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=pikepdf.String(attachment.name),
            UF=pikepdf.String(attachment.name),
            Desc=pikepdf.String(attachment.description),
            AFRelationship=pikepdf.Name.Data,
            EF=pikepdf.Dictionary(F=stream, UF=stream),
        )
    )
    if "/Names" not in pdf.Root:
        pdf.Root.Names = pikepdf.Dictionary()
    pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=[pikepdf.String(attachment.name), file])
    pdf.Root.AF = pikepdf.Array([file])


def _mark_ornaments(pdf: pikepdf.Pdf) -> None:
    """Mark what is no content (running heads and feet, pictures without words) so that it isn't read aloud."""
    root = pdf.Root.StructTreeRoot
    pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    marks: Marks = {number: set() for number in pages.values()}
    for element in _elements(root.K[0]):
        for kid in _kids(element):
            if isinstance(kid, int):
                marks[pages[element.Pg.objgen]].add(kid)
    for number, page in enumerate(pdf.pages):
        _rewrite(pdf, page, marks[number])
        nums = root.ParentTree.Nums[number * 2 + 1]
        for place in range(len(nums)):
            if place not in marks[number]:
                nums[place] = None


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the elements of the structure, without pictures that have no words."""
    kept = [kid for kid in _kids(element) if not _is_ornament(kid)]
    element.K = pikepdf.Array(kept)
    yield element
    for kid in kept:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.StructElem:
            yield from _elements(kid)


def _kids(element: pikepdf.Object) -> list[Any]:
    """Return what hangs on an element: other elements, objects, or the numbers of marked pieces."""
    return list(element.K)


def _is_ornament(kid: object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == pikepdf.Name.Figure and not str(kid.get("/Alt", ""))


def _rewrite(pdf: pikepdf.Pdf, page: pikepdf.Page, belonging: set[int]) -> None:
    instructions: list[Instruction] = []
    for each in pikepdf.parse_content_stream(page):
        if str(each.operator) == "BDC" and _mark_of(each) not in belonging | {None}:
            artifact = pikepdf.ContentStreamInstruction([pikepdf.Name.Artifact], pikepdf.Operator("BMC"))
            instructions.append(artifact)
        else:
            instructions.append(each)
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def _mark_of(instruction: Instruction) -> int | None:
    properties = instruction.operands[1]
    return int(properties.MCID) if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties else None


def _say_accessible(pdf: pikepdf.Pdf) -> None:
    """Say in the metadata that the structure follows PDF/UA, with the description that PDF/A asks for."""
    metadata = pdf.Root.Metadata
    metadata.write(metadata.read_bytes().replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>"))
