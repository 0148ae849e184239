// The scrimp command's programmatic face; nothing is exported yet.
export {};
