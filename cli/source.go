package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// stdinName is how messages call a zone that was read from standard input.
const stdinName = "<stdin>"

// source says how zone files are read, as flags have it.
type source struct {
	origin    string
	directory string
}

// flags adds the flags of a source to a command.
func (s *source) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.origin, "origin", "", "`NAME` that the zone file's relative names belong to (default: the SOA's owner,\nelse the file's name without db., .zone, .db, .hosts, .txt)")
	cmd.Flags().StringVar(&s.directory, "directory", "", "`DIR` that relative $INCLUDE paths start from: the directory of named.conf\n(default: beside the zone file, else here)")
	_ = cmd.MarkFlagDirname("directory") // fails only for a flag that does not exist
}

// originName is --origin as a name, with or without its last dot; "" if it was not given.
func (s *source) originName(cmd *cobra.Command) (zonefile.Name, error) {
	if s.origin == "" {
		return "", nil
	}
	n, err := zonefile.ParseName(s.origin, zonefile.Root)
	if err != nil {
		return "", usagef(cmd, "--origin %s: %w", s.origin, err)
	}
	return n, nil
}

// read reads a zone that will not be written; "-" is standard input.
func (p *program) read(cmd *cobra.Command, s *source, path string) (*zonefile.Zone, error) {
	origin, err := s.originName(cmd)
	if err != nil {
		return nil, err
	}
	r := reader{stdin: p.in, root: path, directory: s.directory}
	name, src, err := r.open(path)
	if err != nil {
		return nil, err
	}
	if origin == "" {
		if origin, err = zonefile.GuessOrigin(name, src); err != nil {
			return nil, usage(cmd, err)
		}
	}
	return zonefile.Parse(name, src, zonefile.Options{Origin: origin, Open: r.include}), nil
}

// reader reads a zone file and what it includes.
type reader struct {
	stdin     io.Reader
	root      string
	directory string
	files     []readFile
}

// readFile is a file that was read. Two names of one file are told by its device and inode.
type readFile struct {
	name string
	info os.FileInfo
	src  []byte
}

// open reads one file, or standard input.
func (r *reader) open(path string) (name string, src []byte, err error) {
	if path == "-" {
		src, err = readLimited(r.stdin)
		return stdinName, src, err
	}
	f, err := disk.Open(path, disk.Options{ReadOnly: true})
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	info, err := os.Stat(f.Path())
	if err != nil {
		return "", nil, fail(path, err)
	}
	for _, old := range r.files {
		if os.SameFile(old.info, info) {
			return old.name, old.src, nil
		}
	}
	r.files = append(r.files, readFile{path, info, f.Bytes()})
	return path, f.Bytes(), nil
}

// readLimited reads standard input up to the size that files may have.
func readLimited(in io.Reader) ([]byte, error) {
	src, err := io.ReadAll(io.LimitReader(in, disk.DefaultMaxSize+1))
	if err == nil && len(src) > disk.DefaultMaxSize {
		err = fmt.Errorf("more than %d bytes: is it really a zone file?", disk.DefaultMaxSize)
	}
	if err != nil {
		return nil, fail(stdinName, err)
	}
	return src, nil
}

// include reads what an $INCLUDE names; see zonefile.Options.
func (r *reader) include(path string, _ *zonefile.File) (name string, src []byte, err error) {
	if path, err = r.locate(path); err != nil {
		return "", nil, err
	}
	return r.open(path)
}

// locate finds an included file. BIND takes a relative path from named's directory, which a zone file does
// not tell: where two places have one, nobody guesses.
func (r *reader) locate(path string) (string, error) {
	switch {
	case filepath.IsAbs(path):
		return path, nil
	case r.directory != "":
		return filepath.Join(r.directory, path), nil
	case r.root == "-":
		return path, nil
	}
	beside := filepath.Join(filepath.Dir(r.root), path)
	there, err := os.Stat(beside)
	here, errHere := os.Stat(path)
	switch {
	case err == nil && errHere == nil && !os.SameFile(there, here):
		return "", fmt.Errorf("both %s and ./%s exist: say by --directory where included files are", beside, path)
	case err != nil && errHere == nil:
		return path, nil
	}
	return beside, nil
}
