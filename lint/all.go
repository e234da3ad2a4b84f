package lint

// All is every rule there is, in the order of the rules page.
var All = []*Rule{
	// MX
	mxTargetIP,
	mxTargetCNAME,
	mxTargetNoAddress,
	mxTargetMissingDot,
	mxDuplicateTarget,
	nullMXWithOthers,
	mxTTLLow,
	// The zone around it
	syntax,
	ttlOutOfRange,
	cnameWithOthers,
	ownerRepeatsOrigin,
	duplicateRecord,
	rrsetTTLMismatch,
	// Comments that silence rules; the last one, for it looks at what the others found
	unusedIgnore,
}
