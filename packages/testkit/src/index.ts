// The private test kit of the workspace: what tests and scripts of several packages share.
export {};
