package zonefile

// What lint and the preview of mail both say, in one place, so that they say it in the same words.

// BackupAdvice is what an operator should know about any host that is tried after another (RFC 5321 §4.5.4.1): senders
// queue for days without it, and spammers try the highest number first.
const BackupAdvice = "a backup must know the recipients and filter as the main server does: spam tries it first"
