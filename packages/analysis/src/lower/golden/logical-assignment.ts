class Cache {
  #map: any;
  fill(o: any, k: any) {
    this.#map ??= new Map();
    o[k] ||= () => 1;
    o.a &&= 2;
    let x;
    x ??= o;
    return x;
  }
}
