package disk

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkSave saves a file of 64 MiB and copies one as cp and sync would, in turns, and reports how many
// times longer the save takes: it writes an undo copy, the new file, and reads that back.
func BenchmarkSave(b *testing.B) {
	dir := b.TempDir()
	name := filepath.Join(dir, "db.example.com")
	text := bytes.Repeat([]byte("host.example.com. 3600 IN A 192.0.2.1 ; a line of 64 bytes ....\n"), 1<<20)
	if err := os.WriteFile(name, text, 0o644); err != nil {
		b.Fatal(err)
	}
	f, err := Open(name, Options{StateDir: filepath.Join(dir, "state")})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var saves, copies time.Duration
	for i := 0; b.Loop(); i++ {
		next := bytes.Clone(text)
		next[0] = 'a' + byte(i%26)
		start := time.Now()
		if _, err := f.Save(next, SaveOptions{}); err != nil {
			b.Fatal(err)
		}
		saves += time.Since(start)
		start = time.Now()
		copyAndSync(b, name, filepath.Join(dir, "copy"))
		copies += time.Since(start)
	}
	b.ReportMetric(saves.Seconds()/copies.Seconds(), "×cp+fsync")
}

// copyAndSync is cp, then fsync.
func copyAndSync(b *testing.B, from, to string) {
	in, err := os.Open(from)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	if _, err := io.Copy(out, in); err != nil {
		b.Fatal(err)
	}
	if err := out.Sync(); err != nil {
		b.Fatal(err)
	}
}
