// Tells a page that somebody else changed a flag.
