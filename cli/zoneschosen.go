package cli

// Which zones of the name server a command is about, by flags. What is wrong with the configuration is told.

import (
	"fmt"
	"os/user"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// zonesOptions say which zones of the name server are meant.
type zonesOptions struct {
	names []string // patterns
	view  string
}

// flags adds the flags to a command.
func (o *zonesOptions) flags(cmd *cobra.Command, with string) {
	several(cmd.Flags(), &o.names, "zone", with+"only zones that `GLOB` fits, a pattern as shells have it: * does not stop at dots; may be repeated")
	cmd.Flags().StringVar(&o.view, "view", "", with+"only zones of `VIEW`")
}

// chosenZones is the configuration with the zones that flags ask for. What is wrong with it is told.
func (p *program) chosenZones(cmd *cobra.Command, opt *zonesOptions) (conf server.Configuration, status int, err error) {
	if err = opt.checkNames(cmd); err != nil {
		return conf, status, err
	}
	if conf, err = p.configuration(cmd); err != nil {
		return conf, status, err
	}
	conf.Zones = slices.Clone(conf.Zones) // it is read once for all
	if p.where.File == "" {
		p.tell("the zones are those of " + conf.File)
	}
	if err = opt.choose(cmd, &conf); err != nil {
		return conf, status, err
	}
	return conf, p.tellConfiguration(conf), nil
}

// checkNames tells what is wrong with flags.
func (o *zonesOptions) checkNames(cmd *cobra.Command) error {
	for _, pattern := range o.names {
		if _, err := path.Match(pattern, ""); err != nil {
			return usagef(cmd, "--zone %q: this is no pattern: write one as shells have it, as '*.example.com'", pattern)
		}
	}
	return nil
}

// choose leaves the zones that flags ask for.
func (o *zonesOptions) choose(cmd *cobra.Command, conf *server.Configuration) error {
	views, named := map[string]bool{}, cmd.Flags().Changed("view")
	conf.Zones = slices.DeleteFunc(conf.Zones, func(z server.Zone) bool {
		for _, v := range z.Views {
			views[v] = true
		}
		return named && !slices.Contains(z.Views, o.view) || !o.fits(z.Name)
	})
	if delete(views, ""); named && !views[o.view] {
		var names []string
		for v := range views {
			names = append(names, v)
		}
		slices.Sort(names)
		there := "the configuration has no views: leave it out"
		if len(names) > 0 {
			there = "the views are " + strings.Join(names, ", ")
		}
		return usagef(cmd, "--view %s: no zone is in such a view%s", o.view, meant(o.view, names, there))
	}
	return nil
}

// fits tells whether one of the patterns fits a zone; all do where there is none. A slash is a letter of a name.
func (o *zonesOptions) fits(n zonefile.Name) bool {
	letters := func(s string) string {
		if s != "." {
			s = strings.TrimSuffix(s, ".")
		}
		return strings.ToLower(strings.ReplaceAll(s, "/", "\x00"))
	}
	return len(o.names) == 0 || slices.ContainsFunc(o.names, func(pattern string) bool {
		fits, _ := path.Match(letters(pattern), letters(string(n)))
		return fits
	})
}

// tellConfiguration tells what is wrong with the configuration, and what of it could not be read.
func (p *program) tellConfiguration(conf server.Configuration) (status int) {
	for _, fault := range conf.Faults {
		p.complain(fault)
		status = statusFailed
	}
	if n := len(conf.Unreadable); n > 0 {
		p.complain(fmt.Sprintf("%s cannot be read as %s: run as root: %s", zonefile.Plural(n, "file", "files"), thisUser(), strings.Join(conf.Unreadable, ", ")))
		status = statusFailed
	}
	if conf.Other > 0 {
		p.tell(zonefile.Plural(conf.Other, "zone of another class than IN is", "zones of other classes than IN are") + " left out")
	}
	return status
}

// thisUser is the name of the user, or the number where it has none.
func thisUser() string {
	u, err := user.Current()
	if err != nil {
		return "this user"
	}
	return u.Username
}
