package cli

// How commands come to a zone: its origin, its files, where included ones may be. Each command reads by this, so all
// read alike.

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// source says how zone files are read, as flags have it.
type source struct {
	origins     []string // NAME, or NAME=FILE
	several     bool     // the command reads several zone files
	directory   string
	include     []string // directories
	tellsErrors bool     // the command tells by itself what is wrong with a zone
	config      string   // settings in the place of those beside the zone file
	verbose     bool     // which zone a file is, and what tells it, is told
	flag        string   // what says the origin, if not --origin
	fragment    bool     // a file of which nobody knows the origin is read as well
}

// flags adds the flags of a source to a command.
func (s *source) flags(cmd *cobra.Command, where *server.Where) {
	several(cmd.Flags(), &s.origins, "origin", "`NAME[=ZONEFILE]`: the zone, which the zone file's relative names belong to (default: what named.conf says of the file, else the SOA's owner, else the file's name without db., .zone, .db, .hosts, .txt); of several zone files each may have one")
	cmd.Flags().BoolVarP(&s.verbose, "verbose", "v", false, "tell which zone the file is, and what tells it: --origin, named.conf, its SOA, or its name")
	cmd.Flags().StringVar(&s.directory, "directory", "", "`DIR` that relative $INCLUDE paths start from (default: the directory that named.conf names, if it has the file, else beside the zone file, else here)")
	several(cmd.Flags(), &s.include, "include-dir", "another `DIR` that included files may be in; else one that is in or below neither the zone file's directory nor --directory is not read, wherever named would read it")
	serverFlags(cmd, where)
	for _, name := range []string{"directory", "include-dir"} {
		_ = cmd.MarkFlagDirname(name) // fails only for a flag that does not exist
	}
}

// serverFlags adds the flags that say where the name server's configuration is.
func serverFlags(cmd *cobra.Command, where *server.Where) {
	cmd.Flags().StringVar(&where.File, "server-config", "", "`FILE` that the name server's configuration begins with (default: /etc/bind/named.conf, /etc/named.conf or /usr/local/etc/namedb/named.conf, the first that is there)")
	cmd.Flags().StringVar(&where.Chroot, "chroot", "", "`DIR` that the name server runs in, as by named -t: paths of its configuration are inside")
	_ = cmd.MarkFlagFilename("server-config", "conf") // fails only for a flag that does not exist
	_ = cmd.MarkFlagDirname("chroot")                 // fails only for a flag that does not exist
}

// namedConfiguration is an error if the user names a configuration that cannot be read. One that is merely found may be missing.
func (p *program) namedConfiguration(cmd *cobra.Command) error {
	if p.where == (server.Where{}) {
		return nil
	}
	_, err := p.configuration(cmd)
	return err
}

// configuration is that of the name server.
func (p *program) configuration(cmd *cobra.Command) (server.Configuration, error) {
	conf, err := p.asking.Zones()
	switch {
	case errors.Is(err, server.ErrNoConfiguration):
		err = usagef(cmd, "%w: name its configuration by --server-config, or a zone file", err)
	case err != nil:
		err = fail(configurationOf(err), err)
	}
	return conf, err
}

// configurationOf is what the configuration is called that could not be read.
func configurationOf(err error) string {
	if p := new(fs.PathError); errors.As(err, &p) {
		return p.Path
	}
	return "the name server's configuration"
}

// like is how another version of a zone is read: it is the same zone, whatever it and its file's name say.
func (s source) like(z *zonefile.Zone) *source {
	s.origins, s.verbose = []string{string(z.Origin())}, false
	return &s
}

// originName is what --origin says of a zone file, with or without its last dot; "" if nothing.
func (s *source) originName(cmd *cobra.Command, path string) (zonefile.Name, error) {
	said := ""
	for _, o := range s.origins {
		switch name, file, named := strings.Cut(o, "="); {
		case named && fullPath(file) != fullPath(path):
			if !s.several {
				return "", usagef(cmd, "--origin %s: the zone file is %s: name that, or leave =ZONEFILE out", o, path)
			}
		case said != "":
			return "", usagef(cmd, "--origin %s: %s is %s already: say it once", o, path, said)
		default:
			said = name
		}
	}
	if said == "" {
		return "", nil
	}
	n, err := zonefile.ParseName(said, zonefile.Root)
	if err != nil {
		return "", usagef(cmd, "--origin %s: %w", said, err)
	}
	return n, nil
}

// checkOrigins tells what --origin cannot say of several zone files.
func (s *source) checkOrigins(cmd *cobra.Command, paths []string) error {
	for _, o := range s.origins {
		_, file, named := strings.Cut(o, "=")
		switch {
		case !named && len(paths) > 1:
			return usagef(cmd, "--origin %s: there are %d zone files: say which one it is, as in --origin %s=%s", o, len(paths), o, paths[0])
		case named && !slices.ContainsFunc(paths, func(path string) bool { return fullPath(path) == fullPath(file) }):
			return usagef(cmd, "--origin %s: %s is none of the zone files: name it as well", o, file)
		}
	}
	for _, path := range paths {
		if _, err := s.originName(cmd, path); err != nil {
			return err
		}
	}
	return nil
}

// opened is a zone with its files.
type opened struct {
	zone *zonefile.Zone
	st   *document.Store
	from *source       // how it was read
	told zonefile.Told // which zone it is, and what tells it

	interrupted disk.Interruptions // saves of its files; known of a zone that could not be read as well
}

// read reads a zone that will not be written; "-" is standard input.
func (p *program) read(cmd *cobra.Command, s *source, path string) (*zonefile.Zone, error) {
	doc, err := p.open(cmd, s, path, document.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	doc.st.Close()
	return doc.zone, nil
}

// open opens a zone file and reads it, with all it includes. It says so if a save of it was interrupted; then it is not
// opened for writing.
func (p *program) open(cmd *cobra.Command, s *source, path string, opt document.Options) (opened, error) {
	doc, err := p.load(cmd, s, path, opt)
	if err == nil && !opt.ReadOnly {
		if err = doc.notInterrupted(path); err != nil {
			doc.st.Close()
			doc.interrupted.Saves = nil // told by the error
		}
	}
	p.tellOrigin(path, doc)
	p.tellInterrupted(path, doc.interrupted)
	if err == nil && !s.tellsErrors {
		p.tellNotIncluded(doc.zone)
	}
	return doc, err
}

// load opens a zone file and reads it, with all it includes.
func (p *program) load(cmd *cobra.Command, s *source, path string, opt document.Options) (doc opened, err error) {
	doc.from = s
	if err := p.namedConfiguration(cmd); err != nil {
		return doc, err
	}
	if opt.Origin, err = s.originName(cmd, path); err != nil {
		return doc, err
	}
	opt.Path, opt.Directory, opt.IncludeDirs, opt.Fragment = path, s.directory, p.includeDirs(s.include), s.fragment
	opt.Asking, opt.Told = p.asking, func(told zonefile.Told) { doc.told = told }
	if path == "-" {
		opt.Path, opt.Name = "", stdinName
		if opt.Text, err = readLimited(p.in); err != nil {
			return doc, err
		}
	}
	if doc.st, doc.zone, err = document.Open(opt); err != nil {
		doc.interrupted = document.InterruptedAt(opt.Path)
		err = missing(err, path)
		if errors.Is(err, zonefile.ErrNoOrigin) {
			err = usage(cmd, err)
		}
		return doc, err
	}
	doc.interrupted = doc.st.Interrupted()
	if why := document.NotText(doc.zone); why != "" {
		doc.st.Close()
		return doc, fmt.Errorf("%s: %s", doc.zone.Root().Name(), why)
	}
	return doc, nil
}

// tellOrigin tells which zone a file is, and what tells it, to who wants to know.
func (p *program) tellOrigin(path string, doc opened) {
	if path == "-" {
		path = stdinName
	}
	switch told := doc.told; {
	case !doc.from.verbose || told.Origin == "":
	case told.By == "":
		p.tell(path + ": nothing tells which zone it is")
	default:
		p.tell(fmt.Sprintf("%s is zone %s, by %s", path, told.Origin.Plain(), cmp.Or(doc.from.flag, told.By)))
	}
}

// tellNotIncluded tells which files a zone includes that are not read, and which records it makes that are not written
// out: what a command says, it says without them.
func (p *program) tellNotIncluded(z *zonefile.Zone) {
	for f := range z.Files() {
		for w := range z.Inclusions(f) {
			if _, err := w.Included(); err != nil {
				at := f.Position(w.Span().Start)
				p.note(fmt.Sprintf("%s:%d:%d: not included: %v", f.Name(), at.Line, at.Column, err))
			}
		}
	}
	for problem := range z.Unwritten() {
		p.note(problem.String())
	}
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

// configFlag adds --config to a command that goes by settings.
func (s *source) configFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.config, "config", "", "read the settings in `FILE`, whoever it belongs to, in the place of .mailzone.toml beside the zone file")
	_ = cmd.MarkFlagFilename("config", "toml") // fails only for a flag that does not exist
}

// notInterrupted refuses to write a document of which a save was interrupted.
func (d opened) notInterrupted(path string) error {
	if len(d.interrupted.Saves) == 0 {
		return nil
	}
	return refused(path, document.InterruptedText(d.interrupted.Saves[0], path))
}

// tellInterrupted says what is known of interrupted saves of a zone file, a line each.
func (p *program) tellInterrupted(path string, found disk.Interruptions) {
	for _, note := range found.Notes {
		p.complain(note)
	}
	for _, in := range found.Saves {
		p.complain(path + ": " + document.InterruptedText(in, path))
	}
}

// file is one of the files of a document, by the name it has in messages or by any path that leads to it.
func (d opened) file(name string) (*zonefile.File, error) {
	for f := range d.zone.Files() {
		path := d.st.PathOf(f.Name())
		if path == "" { // a $GENERATE stands for lines of its own
			continue
		}
		if f.Name() == name || samePath(path, name) {
			return f, nil
		}
	}
	return nil, fmt.Errorf("%s: the zone does not include this file: name one that it does", name)
}

// samePath tells whether a name leads to a path that is free of links.
func samePath(path, name string) bool {
	at, err := filepath.Abs(name)
	if err == nil {
		at, err = filepath.EvalSymlinks(at)
	}
	return err == nil && at == path
}

// fullPath is a path from the root on, where the system tells it.
func fullPath(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}
