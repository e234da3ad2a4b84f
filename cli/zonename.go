package cli

// `mailzone NAME` and `mailzone check NAME`: a zone of the name server by its name. A file of that name wins, and that is said where it is another one.

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// zoneByName is the zone of the name server that an argument names; false if it names a file, or nothing that is known here.
func (p *program) zoneByName(cmd *cobra.Command, arg, view string) (z server.Zone, ok bool, err error) {
	inView := cmd.Flags().Changed("view")
	name, bad := zonefile.ParseName(arg, zonefile.Root)
	if bad != nil || strings.Contains(arg, "/") {
		if inView {
			err = usagef(cmd, "--view goes with the name of a zone, and %s is none", arg)
		}
		return z, false, err
	}
	conf, err := p.asking.Zones()
	if err != nil {
		if inView {
			_, err = p.configuration(cmd)
			return z, false, err
		}
		return z, false, nil // a configuration that somebody names was looked at before
	}
	rows := document.HostedNamed(conf, name)
	if _, none := os.Lstat(arg); none == nil {
		p.tellFileWins(arg, rows)
		return z, false, nil
	}
	if len(rows) == 0 && !inView {
		return z, false, nil
	}
	z, err = oneZone(cmd, arg, view, inView, rows)
	return z, err == nil, err
}

// fileOf is the zone file that an argument means: that of a zone of the name server where it names one and no file, else itself. It tells
// whether the name server is known to have it.
func (p *program) fileOf(cmd *cobra.Command, s *source, arg string) (file string, own bool, err error) {
	if err := p.namedConfiguration(cmd); err != nil {
		return arg, false, err
	}
	zone, named, err := p.zoneByName(cmd, arg, "")
	if err != nil || !named {
		return arg, p.asking.Own(arg), err
	}
	if len(s.origins) == 0 {
		s.origins = []string{string(zone.Name)}
	}
	return zone.File, true, nil
}

// tellFileWins says that a file was taken where a zone has the same name and another file.
func (p *program) tellFileWins(arg string, rows []server.Zone) {
	i := slices.IndexFunc(rows, func(z server.Zone) bool { return z.File != "" && !samePath(z.Path, arg) })
	if i >= 0 {
		p.note(fmt.Sprintf("%s is a file here, and that is taken: the zone of this name is in %s", arg, rows[i].File))
	}
}

// oneZone is the one of some zones of a name that is meant.
func oneZone(cmd *cobra.Command, arg, view string, inView bool, rows []server.Zone) (server.Zone, error) {
	var views []string
	for _, z := range rows {
		views = append(views, z.Views...)
	}
	if inView {
		rows = slices.DeleteFunc(slices.Clone(rows), func(z server.Zone) bool { return !slices.Contains(z.Views, view) })
	}
	switch {
	case len(rows) == 0 && len(views) == 0:
		return server.Zone{}, usagef(cmd, "the name server has no zone %s: `mailzone zones` lists those that it has", arg)
	case len(rows) == 0:
		return server.Zone{}, usagef(cmd, "%s is in no view %s, but in %s", arg, view, strings.Join(views, ", "))
	case len(rows) > 1 && !inView && views[0] != "":
		return server.Zone{}, usagef(cmd, "%s is in views %s: say which one by --view", arg, strings.Join(views, ", "))
	case len(rows) > 1:
		return server.Zone{}, usagef(cmd, "%s stands %d times in the configuration, in %s and %s: name the file", arg, len(rows), rows[0].File, rows[1].File)
	case rows[0].File == "":
		return server.Zone{}, usagef(cmd, "%s has no file here: %s", arg, rows[0].Reason)
	}
	return rows[0], nil
}
