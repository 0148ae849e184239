declare const logged: any;
@logged
export class Service { @logged() run(@logged x: number) { return x; } }
