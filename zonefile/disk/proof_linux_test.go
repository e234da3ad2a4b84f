package disk

// systemProofs are those that need file systems and tools of Linux.
func systemProofs() []proof {
	return []proof{
		{"errors", "every system call of a save fails, with each of 8 errors", proveErrors},
		{"signals", "SIGKILL before every system call of a save", proveKillAtCalls},
		{"making", "SIGKILL before every system call by which a file comes to be that was not there", proveKilledMaking},
		{"powercut", "power cut in a loop of saves", provePowerCut},
		{"cutmany", "power cut in a loop of saves of 20 files, which wait once for their undo copies and the record (syncfs)", provePowerCutMany},
		{"metadata", "owner, mode, ACL, attributes, links; as root, owner, group, other", proveMetadata},
		{"trouble", "no space, no inode, no quota, a size limit, read-only, chattr, a dead disk, a frozen disk", proveTroubles},
		{"overlay", "a change by another program at every step, in a container", proveOverlayChanges},
		{"screen", "the editor on a terminal: no space, no inode, a size limit, read-only, chattr, a full state directory, a frozen disk", proveScreenTroubles},
		{"settings", "anything beside the zone file as its settings: of every owner, mode, kind of file, size and nesting; as root and as a user", proveSettings},
	}
}
