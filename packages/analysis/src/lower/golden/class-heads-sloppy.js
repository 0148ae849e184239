function sloppy(trap) {
  return class extends trap.Base { [(trap.y ||= 'm')]() {} [trap.key]() {} };
}
