package disk

// systemProofs are those that need file systems and tools of Linux.
func systemProofs() []proof {
	return []proof{
		{"every system call of a save fails, with each of 8 errors", proveErrors},
		{"SIGKILL before every system call of a save", proveKillAtCalls},
		{"power cut in a loop of saves", provePowerCut},
	}
}
