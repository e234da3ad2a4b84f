package cli

// Which zones are changed together: those of the name server that flags choose, or files, of which the name server may know what
// they are. What is not seen may be a second reader of a file; so it is told, and where the configuration could not be read
// nothing is saved.

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// manyOptions are the flags of what changes many zones.
type manyOptions struct {
	server bool // the zones of the name server
	zones  zonesOptions
	source source
	agreed consent
	format choice
}

// flags adds the flags to a command; what is what --yes saves.
func (o *manyOptions) flags(cmd *cobra.Command, where *server.Where, what string) {
	o.source.flags(cmd, where)
	o.source.configFlag(cmd)
	o.format.flag(cmd, "text", "json")
	o.agreed.flags(cmd, what)
	cmd.Flags().BoolVar(&o.server, "server", false, "change the zones that the name server of this machine has")
	several(cmd.Flags(), &o.zones.names, "zone", "with --server: only zones that `GLOB` fits, a pattern as shells have it: * does not stop at dots; may be repeated")
	cmd.Flags().StringVar(&o.zones.view, "view", "", "with --server: only zones of `VIEW`")
}

// check tells what flags and arguments do not go together.
func (o *manyOptions) check(cmd *cobra.Command, paths []string) error {
	o.source.several = true
	switch {
	case o.server && len(paths) > 0:
		return usagef(cmd, "--server and %s: the zones of the name server, or files: leave one of them out", paths[0])
	case !o.server && len(paths) == 0:
		return usagef(cmd, "no zone: name zone files, or --server for those of the name server")
	case slices.Contains(paths, "-"):
		return usagef(cmd, "-: standard input cannot be saved: name zone files")
	case o.agreed.diff && !o.format.is("text"):
		return usagef(cmd, "--diff prints a patch: leave --format %s for another run", o.format.value)
	}
	for _, flag := range []string{"zone", "view"} {
		if !o.server && cmd.Flags().Changed(flag) {
			return usagef(cmd, "--%s chooses among the zones of the name server: add --server", flag)
		}
	}
	for _, flag := range []string{"origin", "directory"} {
		if o.server && cmd.Flags().Changed(flag) {
			return usagef(cmd, "--%s is for zone files: the name server tells it of its zones", flag)
		}
	}
	if err := o.zones.checkNames(cmd); err != nil {
		return err
	}
	return o.source.checkOrigins(cmd, paths)
}

// manyTargets is the zones of a run, and what stands against a save of any of them.
type manyTargets struct {
	list   []document.Target
	conf   server.Configuration       // all zones of the name server; none where it is not known
	byPath map[string][]zonefile.Name // the names that files have there
	chosen map[string]bool            // paths of the list
	faults bool                       // the configuration is wrong, or not all of it was read
	hidden bool                       // some of it may not be read
	asks   bool                       // named is asked about zones that may be dynamic, as long as it answers
}

// targetsOf finds the zones.
func (p *program) targetsOf(cmd *cobra.Command, opt *manyOptions, paths []string) (*manyTargets, error) {
	conf, err := p.configuration(cmd)
	if err != nil && (opt.server || p.where != (server.Where{})) {
		return nil, err
	}
	t := p.targetsIn(conf)
	if !opt.server {
		return t, t.files(cmd, p, opt, paths)
	}
	if p.where.File == "" {
		p.tell("the zones are those of " + conf.File)
	}
	chosen := conf
	chosen.Zones = slices.Clone(conf.Zones)
	if err := opt.zones.choose(cmd, &chosen); err != nil {
		return nil, err
	}
	p.tellConfiguration(conf)
	t.addHosted(chosen.Zones)
	return t, nil
}

// targetsIn is no zones yet of a configuration.
func (p *program) targetsIn(conf server.Configuration) *manyTargets {
	t := &manyTargets{conf: conf, byPath: map[string][]zonefile.Name{}, chosen: map[string]bool{}, faults: len(conf.Faults) > 0, hidden: len(conf.Unreadable) > 0,
		asks: p.asking.Hosting != nil}
	for _, z := range conf.Zones {
		if z.Path != "" && !slices.Contains(t.byPath[z.Path], z.Name) {
			t.byPath[z.Path] = append(t.byPath[z.Path], z.Name)
		}
	}
	return t
}

// addHosted adds zones of the configuration.
func (t *manyTargets) addHosted(zones []server.Zone) {
	for _, z := range zones {
		t.add(document.Target{Path: z.File, Origin: z.Name, Directory: t.conf.Directory, Hosted: z})
	}
}

// files adds zone files.
func (t *manyTargets) files(cmd *cobra.Command, p *program, opt *manyOptions, paths []string) error {
	for _, path := range paths {
		origin, err := opt.source.originName(cmd, path)
		if err != nil {
			return err
		}
		target := document.Target{Path: path, Origin: origin, Directory: opt.source.directory}
		if at, err := filepath.EvalSymlinks(fullPath(path)); err == nil {
			target.Hosted = t.hosted(at)
		}
		if target.Hosted.Name != "" {
			target.Directory = cmp.Or(target.Directory, t.conf.Directory)
			if target.Origin == "" {
				target.Origin = target.Hosted.Name
			}
		}
		t.add(target)
	}
	return nil
}

// hosted is the zone that the name server has in a file, the first if there are several.
func (t *manyTargets) hosted(path string) server.Zone {
	for _, z := range t.conf.Zones {
		if z.Path == path {
			return z
		}
	}
	return server.Zone{}
}

// add adds a zone, with the reason for which it cannot be changed.
func (t *manyTargets) add(target document.Target) {
	path := target.Hosted.Path
	if t.asks {
		t.asks = target.AskDynamic(t.conf)
	}
	target.Out = target.Forbidden(t.byPath[path])
	t.chosen[path] = true
	t.list = append(t.list, target)
}

// rest is the zones of the name server that are not to be changed, and may include a file that is.
func (t *manyTargets) rest() (others []document.Target) {
	for _, z := range t.conf.Zones {
		if !t.chosen[z.Path] && (z.Kind == "primary" || z.Kind == "signed") && z.File != "" {
			others = append(others, document.Target{Path: z.File, Origin: z.Name, Directory: t.conf.Directory, Hosted: z})
		}
	}
	return others
}

// against is why nothing may be saved. With a configuration that is wrong no reload would bring what is saved.
func (p *program) against(t *manyTargets) document.Hindrance {
	const wrong = "the name server's configuration is wrong: correct it"
	switch {
	case t.hidden:
		return document.Hindrance{Why: "what of the name server's configuration cannot be read may have a second zone in one of the files: run as root"}
	case t.faults:
		return document.Hindrance{Why: wrong, Lifted: true}
	case p.asking.Whole == nil:
		return document.Hindrance{}
	}
	switch told, err := p.asking.Whole(t.conf); {
	case err != nil:
		return document.Hindrance{Why: "nobody could be asked whether the name server's configuration is right: " + err.Error(), Lifted: true}
	case len(told) > 0:
		return document.Hindrance{Why: wrong, Lifted: true, Told: told}
	}
	return document.Hindrance{}
}

// holder is the zone of the name server that a host would be in, the nearest; without a name if there is none.
func (t *manyTargets) holder(host zonefile.Name) (holder server.Zone) {
	for _, z := range t.conf.Zones {
		if host.Within(z.Name) && len(z.Name) > len(holder.Name) && z.File != "" && (z.Kind == "primary" || z.Kind == "signed") {
			holder = z
		}
	}
	return holder
}

// addressless says that a host would be in a zone of the name server, or in one that is changed, which has no address of it;
// nothing if it has, or nobody knows, or nothing leads there.
func (p *program) addressless(t *manyTargets, host zonefile.Name, many *document.Many) []string {
	if len(many.In(document.Changed)) == 0 {
		return nil
	}
	for _, m := range many.Members {
		if m.Before != nil && host.Within(m.Before.Origin()) {
			return lacks(m.Before, host)
		}
	}
	z := t.holder(host)
	if z.Name == "" {
		return nil
	}
	h := document.OpenHosted(t.conf, z, document.Options{IncludeDirs: p.includeDirs(nil), Asking: p.asking})
	if h.Text == nil {
		return nil
	}
	return lacks(h.Text, host)
}

// lacks says that a zone has no address of a host that is in it.
func lacks(z *zonefile.Zone, host zonefile.Name) []string {
	switch a := z.Addresses(host); {
	case a.Result == zonefile.NoData, a.Result == zonefile.NoName, a.Result == zonefile.Found && !slices.ContainsFunc(a.Records, zonefile.Record.Sound):
		return []string{fmt.Sprintf("%s has no address in %s, its zone: mail would bounce", host.Plain(), z.Root().Name())}
	}
	return nil
}
