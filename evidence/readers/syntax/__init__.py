"""How files are written: encodings, lines, XML, HTML, JSON, MIME, protobuf; no meaning yet."""
