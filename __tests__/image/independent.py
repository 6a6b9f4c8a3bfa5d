"""Computes the digest of an index from docs/image-format.md alone, with nothing but Python's standard library.

Written from that document and not from the program's source, so that the document is held to what it promises.

Reads a description on standard input:

    {"epoch": 0, "images": [{"platform": {"os": "linux", "architecture": "arm", "variant": "v7"},
                             "binary": "FILE", "documents": [["PATH", "FILE"]], "labels": [["KEY", "VALUE"]]}]}

and prints the digests as JSON: the index's, and for each image in the index's order those of its manifest, config,
layer and diff ID.
"""

import hashlib
import json
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


def header(path, mode, size, epoch, kind):
    prefix, name = split(path)
    fields = [
        (0, name),
        (100, octal(mode, 7)),
        (108, octal(0, 7)),
        (116, octal(0, 7)),
        (124, octal(size, 11)),
        (136, octal(epoch, 11)),
        (148, b" " * 8),
        (156, kind),
        (257, b"ustar\0"),
        (263, b"00"),
        (329, octal(0, 7)),
        (337, octal(0, 7)),
        (345, prefix),
    ]
    block = bytearray(512)
    for offset, value in fields:
        block[offset : offset + len(value)] = value
    block[148:156] = octal(sum(block), 6) + b" "
    return bytes(block)


def archive(files, epoch):
    """A tar archive of {path: (mode, content)}; folders are added, content None marks one."""
    entries = dict(files)
    for path in files:
        parts = path.split("/")
        for end in range(1, len(parts)):
            entries.setdefault("/".join(parts[:end]), (0o755, None))
    out = []
    for path in sorted(entries, key=lambda p: p.encode("ascii")):
        mode, content = entries[path]
        name = path.encode("ascii")
        if content is None:
            out.append(header(name + b"/", mode, 0, epoch, b"5"))
            continue
        out.append(header(name, mode, len(content), epoch, b"0"))
        out.append(content + b"\0" * (-len(content) % 512))
    out.append(b"\0" * 1024)
    return b"".join(out)


def gzip(data):
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY)
    stream = deflate.compress(data) + deflate.flush()
    trailer = struct.pack("<II", zlib.crc32(data), len(data) % 2**32)
    return bytes.fromhex("1f8b0800000000000003") + stream + trailer


def to_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def descriptor(media_type, data):
    return {"mediaType": "application/vnd.oci.image." + media_type, "digest": digest(data), "size": len(data)}


def platform_keys(platform, order):
    return {key: platform[key] for key in order if key in platform}


def image(description, epoch):
    with open(description["binary"], "rb") as file:
        files = {"usr/local/bin/pushgateway": (0o755, file.read())}
    for path, name in description["documents"]:
        with open(name, "rb") as file:
            files["usr/share/doc/pushgateway/" + path] = (0o644, file.read())
    tar = archive(files, epoch)
    layer = gzip(tar)
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))
    labels = sorted(description["labels"], key=lambda label: label[0].encode("utf-8"))
    order = ["architecture", "os", "os.version", "os.features", "variant"]
    config = to_json(
        {
            "created": created,
            **platform_keys(description["platform"], order),
            "config": {
                "User": "65534",
                "ExposedPorts": {"9091/tcp": {}},
                "Entrypoint": ["/usr/local/bin/pushgateway"],
                "Labels": dict(labels),
            },
            "rootfs": {"type": "layers", "diff_ids": [digest(tar)]},
            "history": [{"created": created, "created_by": "pushgateway-ttl-action profile 1"}],
        }
    )
    manifest = to_json(
        {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": descriptor("config.v1+json", config),
            "layers": [descriptor("layer.v1.tar+gzip", layer)],
        }
    )
    return {
        "platform": platform_keys(description["platform"], order),
        "manifest": manifest,
        "digests": {
            "manifest": digest(manifest),
            "config": digest(config),
            "layer": digest(layer),
            "diffId": digest(tar),
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
