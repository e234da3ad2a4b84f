package lint

// The parts of SARIF 2.1.0 that a report of findings has, named as the standard names them. What has its default there is
// left out; levels are not, for people choose by them.

// sarifText is a message, or one of a rule's texts.
type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

// sarifTool is the program (SARIF §3.18).
type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

// sarifDriver is what the program calls itself, and its rules as far as they found something (§3.19).
type sarifDriver struct {
	Name           string      `json:"name"`
	InformationURI string      `json:"informationUri"`
	Version        string      `json:"version,omitempty"`
	Rules          []sarifRule `json:"rules"`
}

// sarifRule is a reportingDescriptor (§3.49).
type sarifRule struct {
	ID                   string          `json:"id"`
	ShortDescription     sarifText       `json:"shortDescription"`
	FullDescription      sarifText       `json:"fullDescription"`
	HelpURI              string          `json:"helpUri"`
	Help                 sarifText       `json:"help"`
	DefaultConfiguration sarifConfig     `json:"defaultConfiguration"`
	Properties           sarifProperties `json:"properties"`
}

// sarifConfig is what holds for a rule unless a finding says otherwise (§3.50).
type sarifConfig struct {
	Level string `json:"level"`
}

// sarifProperties is what GitHub filters by (§3.8).
type sarifProperties struct {
	Tags []string `json:"tags"`
}

// sarifInvocation tells whether the program could read all that it was given (§3.20).
type sarifInvocation struct {
	ExecutionSuccessful bool                `json:"executionSuccessful"`
	Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

// sarifNotification is what went wrong in the program, and is no finding (§3.58).
type sarifNotification struct {
	Descriptor sarifReference  `json:"descriptor"`
	Level      string          `json:"level"`
	Message    sarifText       `json:"message"`
	Locations  []sarifLocation `json:"locations"`
}

// sarifReference names a descriptor (§3.52).
type sarifReference struct {
	ID string `json:"id"`
}

// sarifResult is a finding (§3.27).
type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      sarifText         `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Fingerprints map[string]string `json:"partialFingerprints"`
	Related      []sarifLocation   `json:"relatedLocations,omitempty"`
	Fixes        []sarifFix        `json:"fixes,omitempty"`
}

// sarifLocation is a place with what is said of it (§3.28).
type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
	Message  *sarifText    `json:"message,omitempty"`
}

// sarifPhysical is a place in a file (§3.29).
type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

// sarifArtifact is a file (§3.4).
type sarifArtifact struct {
	URI  string `json:"uri"`
	Base string `json:"uriBaseId,omitempty"`
}

// sarifRegion is from a line and column up to another (§3.30).
type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

// sarifBytes is a region of bytes (§3.30.11): what stands behind it moves no place.
type sarifBytes struct {
	Offset int `json:"byteOffset"`
	Length int `json:"byteLength"`
}

// sarifFix is a fix that a program can make (§3.55).
type sarifFix struct {
	Description sarifText     `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

// sarifChange is what a fix changes in one file (§3.56).
type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

// sarifReplacement puts text in the place of bytes (§3.57).
type sarifReplacement struct {
	Deleted  sarifBytes `json:"deletedRegion"`
	Inserted *sarifText `json:"insertedContent,omitempty"`
}
