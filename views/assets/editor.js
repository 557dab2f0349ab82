// Comforts of the flag’s form; it works without.
