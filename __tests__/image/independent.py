"""Computes the digest of an index from docs/image-format.md alone, with nothing but Python's standard library.

Written from that document and not from the program's source, so that the document is held to what it promises.

Reads a description on standard input:

    {"epoch": 0, "images": [{"platform": {"os": "linux", "architecture": "arm", "variant": "v7"},
                             "binary": "FILE", "documents": [["PATH", "FILE"]], "labels": [["KEY", "VALUE"]],
                             "base": {"config": "FILE", "layers": [["DIGEST", SIZE]]},
                             "extra": [["PATH", "file", MODE, "FILE"], ["PATH", "link", MODE, "TARGET"],
                                       ["PATH", "folder", MODE, null]]}]}

(base and extra may be absent), and prints the digests as JSON: the index's, and for each image in the index's order those of its manifest, config,
layers and diff IDs.
"""

import base64
import hashlib
import json
import re
import struct
import sys
import time
import zlib


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def octal(number, digits):
    text = b"%0*o" % (digits, number)
    if len(text) > digits:
        raise ValueError("number does not fit: %d" % number)
    return text + b"\0"


def split(path):
    """The header's prefix and name for a path, with its slash where it is a directory."""
    if len(path) <= 100:
        return b"", path
    body = path[:-1] if path.endswith(b"/") else path
    slashes = [i for i in range(len(body)) if body[i : i + 1] == b"/" and i <= 155]
    if not slashes or len(path) - slashes[-1] - 1 > 100:
        raise ValueError("path does not fit: %r" % path)
    return path[: slashes[-1]], path[slashes[-1] + 1 :]


def block_of(fields):
    block = bytearray(512)
    for offset, value in [(148, b" " * 8), (257, b"ustar\0"), (263, b"00"), *fields]:
        block[offset : offset + len(value)] = value
    block[148:156] = octal(sum(block), 6) + b" "
    return bytes(block)


def header(path, mode, size, epoch, kind, link=b"", records=None):
    if records:
        prefix, name = b"", path if len(path) <= 100 else path[:100].rstrip(b"/")
    else:
        prefix, name = split(path)
    if len(link) > 100:
        raise ValueError("link target does not fit: %r" % link)
    block = block_of(
        [
            (0, name),
            (100, octal(mode, 7)),
            (108, octal(0, 7)),
            (116, octal(0, 7)),
            (124, octal(size, 11)),
            (136, octal(epoch, 11)),
            (156, kind),
            (157, link),
            (329, octal(0, 7)),
            (337, octal(0, 7)),
            (345, prefix),
        ]
    )
    return (extended_header(path, records) if records else b"") + block


def extended_header(path, records):
    """What precedes the header of an entry on Windows: a header of its own, and the records."""
    records = {**records, **({b"path": path} if len(path) > 100 else {})}
    text = b""
    for key in sorted(records):
        rest = b" " + key + b"=" + records[key] + b"\n"
        length = next(n for n in range(len(rest), len(rest) + 9) if n == len(b"%d" % n) + len(rest))
        text += b"%d" % length + rest
    folder, slash, name = path.rpartition(b"/")
    fields = [
        (0, (folder + slash + b"PaxHeaders.0/" + name)[:100].rstrip(b"/")),
        (100, octal(0, 7)),
        (108, octal(0, 7)),
        (116, octal(0, 7)),
        (124, octal(len(text), 11)),
        (136, octal(0, 11)),
        (156, b"x"),
    ]
    return block_of(fields) + text + b"\0" * (-len(text) % 512)


def archive(files, epoch, records_of=lambda path, is_folder: None):
    """A tar archive of {path: (mode, content)}; folders are added. Content None marks one, a text a link's target."""
    entries = dict(files)
    for path in files:
        parts = path.split("/")
        for end in range(1, len(parts)):
            entries.setdefault("/".join(parts[:end]), (0o755, None))
    out = []
    for path in sorted(entries, key=lambda p: p.encode("ascii")):
        mode, content = entries[path]
        name = path.encode("ascii")
        records = records_of(path, content is None)
        if content is None:
            out.append(header(name + b"/", mode, 0, epoch, b"5", b"", records))
        elif isinstance(content, str):
            out.append(header(name, mode, 0, epoch, b"2", content.encode("ascii"), records))
        else:
            out.append(header(name, mode, len(content), epoch, b"0", b"", records))
            out.append(content + b"\0" * (-len(content) % 512))
    out.append(b"\0" * 1024)
    return b"".join(out)


ACCOUNTS = {"BA": (5, 32, 544), "BU": (5, 32, 545), "SY": (5, 18), "CO": (3, 0)}
RIGHTS = {"FA": 0x1F01FF, "GA": 0x10000000, "LC": 4, "DC": 2, "0x1200a9": 0x1200A9}
FLAGS = {"OI": 1, "CI": 2, "IO": 8}


def sid(name):
    authority, *parts = ACCOUNTS[name]
    return struct.pack(">BBHI", 1, len(parts), 0, authority) + struct.pack("<%dI" % len(parts), *parts)


def descriptor_of(entries):
    """A self-relative security descriptor, owner Administrators, group SYSTEM, in base64."""
    packed = b""
    for flags, rights, account in re.findall(r"\(A;(\w*);(\w+);;;(\w\w)\)", entries):
        body = struct.pack("<I", RIGHTS[rights]) + sid(account)
        packed += struct.pack("<BBH", 0, sum(FLAGS[f] for f in re.findall("..", flags)), 4 + len(body)) + body
    count = len(re.findall(r"\(", entries))
    owner, group = sid("BA"), sid("SY")
    head = struct.pack("<BBHIIII", 1, 0, 0x8004, 20, 20 + len(owner), 0, 20 + len(owner) + len(group))
    return base64.b64encode(head + owner + group + struct.pack("<BBHHH", 2, 0, 8 + len(packed), count, 0) + packed)


FILE_DESCRIPTOR = descriptor_of("(A;;FA;;;BA)(A;;FA;;;SY)(A;;0x1200a9;;;BU)")
FOLDER_DESCRIPTOR = descriptor_of(
    "(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;;FA;;;BA)(A;OICIIO;GA;;;CO)(A;OICI;0x1200a9;;;BU)(A;CI;LC;;;BU)(A;CI;DC;;;BU)"
)


def windows_records(path, is_folder):
    records = {b"MSWINDOWS.fileattr": b"16" if is_folder else b"32"}
    if path not in ("Files", "Hives"):
        records[b"MSWINDOWS.rawsd"] = FOLDER_DESCRIPTOR if is_folder else FILE_DESCRIPTOR
    return records


def layer_archive(files, epoch, windows):
    if not windows:
        return archive(files, epoch)
    below = {"Files/" + path: entry for path, entry in files.items()}
    return archive({**below, "Hives": (0o755, None)}, epoch, windows_records)


def gzip(data):
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY)
    stream = deflate.compress(data) + deflate.flush()
    trailer = struct.pack("<II", zlib.crc32(data), len(data) % 2**32)
    return bytes.fromhex("1f8b0800000000000003") + stream + trailer


def to_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def descriptor(media_type, data):
    return {"mediaType": "application/vnd.oci.image." + media_type, "digest": digest(data), "size": len(data)}


LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"


def platform_keys(platform, order):
    return {key: platform[key] for key in order if key in platform}


class Raw(str):
    """JSON text that is copied."""


BLANK = re.compile(r"[ \t\r\n]*")


def value_end(text, at):
    return json.JSONDecoder(strict=True).raw_decode(text, at)[1]


def members(text, at=0):
    """The members of the object at `at`: decoded key, the key's text, and where its value begins and ends."""
    at = BLANK.match(text, at).end() + 1
    found = []
    while True:
        at = BLANK.match(text, at).end()
        if text[at] == "}":
            return found
        if text[at] == ",":
            at = BLANK.match(text, at + 1).end()
        key_end = value_end(text, at)
        start = BLANK.match(text, BLANK.match(text, key_end).end() + 1).end()
        end = value_end(text, start)
        found.append((json.loads(text[at:key_end]), Raw(text[at:key_end]), start, end))
        at = end


def items(text, at):
    """Where each item of the list at `at` begins and ends."""
    at += 1
    found = []
    while True:
        at = BLANK.match(text, at).end()
        if text[at] == "]":
            return found
        if text[at] == ",":
            at = BLANK.match(text, at + 1).end()
        end = value_end(text, at)
        found.append((at, end))
        at = end


class Base:
    """What an image takes over from the config of its base."""

    def __init__(self, text):
        self.text = text
        self.root = {key: (start, end) for key, _, start, end in members(text)}
        run = self.raw(self.root, "config")
        self.run = {key: (start, end) for key, _, start, end in members(text, self.root["config"][0])} if run else {}

    def raw(self, where, key):
        """The text of a member; None where it is absent or null."""
        start, end = where.get(key, (0, 0))
        return None if self.text[start:end] in ("", "null") else Raw(self.text[start:end])

    def text_of(self, key):
        raw = self.raw(self.run, key)
        return None if raw in (None, '""') else raw

    def map_of(self, key):
        """[(decoded key, key's text, value's text)]"""
        if self.raw(self.run, key) is None:
            return []
        found = members(self.text, self.run[key][0])
        return [(name, raw, Raw(self.text[start:end])) for name, raw, start, end in found]

    def list_of(self, where, key):
        if self.raw(where, key) is None:
            return []
        return [Raw(self.text[start:end]) for start, end in items(self.text, where[key][0])]

    def history(self, layers, created):
        entries = self.list_of(self.root, "history")
        if sum(not json.loads(entry).get("empty_layer") for entry in entries) == layers:
            return entries
        return [{"created": created, "created_by": "base image"}] * layers


def render(value):
    """Compact JSON, in which Raw texts are copied; a map is a list of (key's text, value)."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(k, ensure_ascii=False) + ":" + render(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(render, value)) + "]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def quoted(text):
    return Raw(json.dumps(text, ensure_ascii=False))


def sorted_map(entries):
    """[(decoded key, key's text, value)], the later ones over the earlier."""
    last = {key: (raw, value) for key, raw, value in entries}
    ordered = sorted(last, key=lambda key: key.encode("utf-8"))
    return Raw("{" + ",".join(last[key][0] + ":" + render(last[key][1]) for key in ordered) + "}")


def run_config(description, base, windows):
    ports = [(key, raw, {}) for key, raw, _ in base.map_of("ExposedPorts")] if base else []
    labels = base.map_of("Labels") if base else []
    volumes = [(key, raw, {}) for key, raw, _ in base.map_of("Volumes")] if base else []
    own = [(key, quoted(key), value) for key, value in description["labels"]]
    entrypoint = "C:\\usr\\local\\bin\\pushgateway.exe" if windows else "/usr/local/bin/pushgateway"
    user = base and base.text_of("User")
    pairs = {
        "User": user or (None if windows else "65534"),
        "ExposedPorts": sorted_map([*ports, ("9091/tcp", quoted("9091/tcp"), {})]),
        "Env": (base and base.list_of(base.run, "Env")) or None,
        "Entrypoint": [entrypoint],
        "Volumes": sorted_map(volumes) if volumes else None,
        "WorkingDir": base and base.text_of("WorkingDir"),
        "Labels": sorted_map([*labels, *own]),
        "StopSignal": base and base.text_of("StopSignal"),
    }
    return {key: value for key, value in pairs.items() if value is not None}


def read(name):
    with open(name, "rb") as file:
        return file.read()


def own_layers(description, epoch, windows):
    name = "usr/local/bin/pushgateway" + (".exe" if windows else "")
    files = {name: (0o755, read(description["binary"]))}
    for path, source in description["documents"]:
        files["usr/share/doc/pushgateway/" + path] = (0o644, read(source))
    layers = [layer_archive(files, epoch, windows)]
    extra = {}
    for path, kind, mode, what in description.get("extra", []):
        extra[path] = (mode, {"file": lambda: read(what), "link": lambda: what, "folder": lambda: None}[kind]())
    return layers + ([layer_archive(extra, epoch, windows)] if extra else [])


def image(description, epoch):
    windows = description["platform"]["os"] == "windows"
    base = Base(read(description["base"]["config"]).decode("utf-8")) if description.get("base") else None
    base_layers = description["base"]["layers"] if base else []
    archives = own_layers(description, epoch, windows)
    blobs = [gzip(tar) for tar in archives]
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))
    steps = ["pushgateway-ttl-action profile 1", "pushgateway-ttl-action profile 1, extra files"][: len(archives)]
    base_ids = json.loads(base.text).get("rootfs", {}).get("diff_ids", []) if base else []
    diff_ids = base_ids + [digest(tar) for tar in archives]
    config = render(
        {
            "created": created,
            **platform_keys(description["platform"], ["architecture", "os", "os.version", "os.features", "variant"]),
            "config": run_config(description, base, windows),
            "rootfs": {"type": "layers", "diff_ids": diff_ids},
            "history": (base.history(len(base_ids), created) if base else [])
            + [{"created": created, "created_by": step} for step in steps],
        }
    ).encode("utf-8")
    layers = [{"mediaType": LAYER, "digest": name, "size": size} for name, size in base_layers]
    layers += [{"mediaType": LAYER, "digest": digest(blob), "size": len(blob)} for blob in blobs]
    manifest = to_json(
        {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": descriptor("config.v1+json", config),
            "layers": layers,
        }
    )
    order = ["architecture", "os", "os.version", "os.features", "variant"]
    return {
        "platform": platform_keys(description["platform"], order),
        "manifest": manifest,
        "digests": {
            "manifest": digest(manifest),
            "config": digest(config),
            "layers": [layer["digest"] for layer in layers],
            "diffIds": diff_ids,
        },
    }


def main():
    description = json.load(sys.stdin)
    images = [image(one, description["epoch"]) for one in description["images"]]
    keys = ["os", "architecture", "variant", "os.version"]
    images.sort(key=lambda i: [i["platform"].get(key, "").encode("utf-8") for key in keys])
    index = to_json(
        {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.index.v1+json",
            "manifests": [
                {**descriptor("manifest.v1+json", i["manifest"]), "platform": i["platform"]} for i in images
            ],
        }
    )
    print(json.dumps({"index": digest(index), "images": [i["digests"] for i in images]}))


main()
