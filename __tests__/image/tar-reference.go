// Writes archives with Go's archive/tar, for comparison with src/image/tar.ts: in its USTAR format, and in its PAX format
// where an entry has records.
//
// Reads a JSON list of archives on standard input; prints a JSON list of their SHA-256, or "refused".
package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"time"
)

type entry struct {
	Path, Type, Target string
	Mode, Mtime        int64
	Content            []byte
	Pax                [][2]string
}

func main() {
	var archives [][]entry
	if err := json.NewDecoder(os.Stdin).Decode(&archives); err != nil {
		panic(err)
	}
	results := make([]string, len(archives))
	for i, entries := range archives {
		results[i] = write(entries)
	}
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		panic(err)
	}
}

func write(entries []entry) string {
	var buffer bytes.Buffer
	w := tar.NewWriter(&buffer)
	for _, e := range entries {
		h := &tar.Header{Format: tar.FormatUSTAR, Name: e.Path, Mode: e.Mode, ModTime: time.Unix(e.Mtime, 0)}
		if len(e.Pax) > 0 {
			h.Format, h.PAXRecords = tar.FormatPAX, map[string]string{}
			for _, record := range e.Pax {
				h.PAXRecords[record[0]] = record[1]
			}
		}
		switch e.Type {
		case "file":
			h.Typeflag, h.Size = tar.TypeReg, int64(len(e.Content))
		case "directory":
			h.Typeflag, h.Name = tar.TypeDir, e.Path+"/"
		case "symlink":
			h.Typeflag, h.Linkname = tar.TypeSymlink, e.Target
		}
		if err := w.WriteHeader(h); err != nil {
			return "refused"
		}
		if _, err := w.Write(e.Content); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	sum := sha256.Sum256(buffer.Bytes())
	return hex.EncodeToString(sum[:])
}
