package lint

// Files that other programs write: an edit is lost when they write next.

var generatedFile = &Rule{
	Name:     "generated-file",
	Severity: Warning,
	Doc: `The file says that a program writes it. The program will write it again, and an edit will be lost: change
its source instead.`,
	Bad: `; This file is generated automatically by dnsd.
www A 192.0.2.1`,
	Good: `; Generated keys go to another file.
www A 192.0.2.1`,
	Refs:   []string{"mailzone"},
	Visits: wholeZone,
	Check: func(p *Pass) {
		for f := range p.Zone.Files() {
			if comment, ok := f.GeneratedBy(); ok {
				p.Report(f, comment, "a program writes this file and will write over an edit: change its source instead")
			}
		}
	},
}
