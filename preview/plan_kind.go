package preview

// What kinds of move there are: which follows from the request and the zone, and says which steps there are and what
// they are called.

// phase is what a domain has to do next. The phases of a move, numbered from 1, are its steps.
type phase int

// The phases, in order.
const (
	phaseInventory phase = iota
	phasePrepare
	phaseAdd
	phaseSwap
	phaseRemove
	phaseRaise
	phaseClean
	phaseFinished
)

// Kind is a kind of move. The strings are those of the JSON output.
type Kind string

// The kinds of move.
const (
	NewHost       Kind = "new-host"       // to a host of the zone
	Provider      Kind = "provider"       // to hosts of others
	SameHost      Kind = "same-host"      // the host keeps its name and gets another address
	OneOfEquals   Kind = "one-of-equals"  // the old host shares its preference with others that stay
	BackupAdded   Kind = "backup-added"   // nothing goes
	BackupRemoved Kind = "backup-removed" // nothing comes
	SeveralHosts  Kind = "several-hosts"  // several old hosts go
)

// Text is the kind in words.
func (k Kind) Text() string {
	switch k {
	case Provider:
		return "a move to another provider"
	case SameHost:
		return "a new address for the same host"
	case OneOfEquals:
		return "a move of one host among equals: the others keep their preferences"
	case BackupAdded:
		return "one more host, behind the others"
	case BackupRemoved:
		return "one host less"
	case SeveralHosts:
		return "a move from several hosts"
	}
	return "a move to a new host"
}

// phases is the phases of a kind, in order.
func (k Kind) phases() []phase {
	switch k {
	case SameHost:
		return []phase{phasePrepare, phaseSwap, phaseRaise, phaseClean}
	case BackupAdded:
		return []phase{phasePrepare, phaseAdd}
	case BackupRemoved:
		return []phase{phasePrepare, phaseRemove, phaseClean}
	}
	return []phase{phasePrepare, phaseAdd, phaseSwap, phaseRemove, phaseRaise, phaseClean}
}

// title says what a phase is for.
func (k Kind) title(f phase) string {
	special := map[Kind]map[phase]string{
		SameHost: {
			phaseInventory: "list what goes by the old address",
			phasePrepare:   "make the TTL of the host's addresses short, and let both addresses send",
			phaseSwap:      "give the host its new addresses",
			phaseRaise:     "make the TTL of the addresses what it was",
			phaseClean:     "remove what let the old address send",
		},
		BackupAdded: {
			phaseInventory: "list what leads to the hosts that are there",
			phasePrepare:   "make the new host known",
			phaseAdd:       "add the new host behind all others, and test it",
		},
		BackupRemoved: {
			phasePrepare: "let mail that the old host has sent be checked until it has arrived",
		},
		OneOfEquals: {
			phaseSwap: "put the new host in the old one's place",
		},
	}
	if text := special[k][f]; text != "" {
		return text
	}
	return map[phase]string{
		phaseInventory: "list what leads to the old host",
		phasePrepare:   "make the new host known, and the TTL of the MX records short",
		phaseAdd:       "add the new host behind the old one, and test it",
		phaseSwap:      "put the new host before the old one",
		phaseRemove:    "remove the old host",
		phaseRaise:     "make the TTL of the MX records what it was",
		phaseClean:     "remove what let the old host send",
	}[f]
}
