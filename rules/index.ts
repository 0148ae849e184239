// The list of rules; it is generated from the folders beside it, and there are none yet.
export {};
