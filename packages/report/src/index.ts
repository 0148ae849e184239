// @scrimp/report turns findings into text and machine formats; nothing is exported yet.
export {};
