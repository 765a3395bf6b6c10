import type { Client, ExecuteRest, ExecuteResult, SdkDescription } from '../client/types.js';

/** What the types of an extension say. */
export interface ExtensionTypes {
  /** Wire name → signature: of its own commands, and of upstream's that it adds something to. */
  readonly commands: object;
  /** Event name → event, likewise. */
  readonly events: object;
  /** The methods of `vm.ext.NAME`. */
  readonly methods: object;
  /** Methods of the client whose commands it adds something to → wire name. */
  readonly overrides: object;
}

/**
 * A downstream's additions to an SDK: what a generated extension module exports and the option
 * `extensions` of `connect` takes. A client with it sends nothing downstream by itself.
 */
export interface Extension<N extends string = string, T extends ExtensionTypes = ExtensionTypes>
  extends Pick<SdkDescription, 'silent' | 'secrets' | 'converters'> {
  /** Its name under `ext`. */
  readonly name: N;
  /** Reverse domain name. */
  readonly vendor: string;
  /** Wire name → method. */
  readonly methods: Readonly<Record<string, string>>;
  /** For the compiler; absent at run time. */
  readonly types?: T;
}

/** Members of the map `M` in each of `X`, joined where several have them. */
type MapsOf<X extends readonly Extension[], M extends keyof ExtensionTypes> = X extends readonly [
  Extension<string, infer T>,
  ...infer Rest extends readonly Extension[],
]
  ? JoinMaps<T[M], MapsOf<Rest, M>>
  : object;

type JoinMaps<A, B> = Omit<A, keyof B> &
  Omit<B, keyof A> & { [K in keyof A & keyof B]: Joined<A[K], B[K]> };

/**
 * What two vendors made of one type: objects have the members of both; of the rest (words, unions)
 * it may be either's.
 */
export type Joined<A, B> = [A, B] extends [B, A]
  ? A
  : [A, B] extends [readonly (infer X)[], readonly (infer Y)[]]
    ? Joined<X, Y>[]
    : IsUnion<A> extends true
      ? A | B
      : [A, B] extends [object, object]
        ? { [K in keyof A]: K extends keyof B ? Joined<A[K], B[K]> : A[K] } & Omit<B, keyof A>
        : A | B;

type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never;

type Override<M, X> = Omit<M, keyof X> & X;

/** The method of a command with this signature. */
type MethodOf<S> = (...args: ExecuteRest<S>) => Promise<ExecuteResult<S>>;

type Redefined<C, O> = {
  readonly [M in keyof O]: O[M] extends keyof C ? MethodOf<C[O[M]]> : never;
};

type EventsIn<X> = X[keyof X];

type ExtOf<X extends readonly Extension[]> = {
  readonly [E in X[number] as E['name']]: E extends Extension<string, infer T>
    ? Readonly<T['methods']>
    : never;
};

/**
 * A client `V` of commands `C`, events `E` and their union `Ev`, with extensions. Without any it is
 * `V` itself.
 */
export type Extended<V, C, E, Ev, X extends readonly Extension[]> = string extends X[number]['name']
  ? V
  : X extends readonly []
    ? V
    : ExtendedClient<V, E, Ev, X, Override<C, MapsOf<X, 'commands'>>>;

type ExtendedClient<V, E, Ev, X extends readonly Extension[], C> = Omit<
  V,
  keyof Client<C, E, Ev> | keyof MapsOf<X, 'overrides'>
> &
  Client<
    C,
    Override<E, MapsOf<X, 'events'>>,
    Exclude<Ev, { readonly event: keyof MapsOf<X, 'events'> }> | EventsIn<MapsOf<X, 'events'>>
  > &
  Redefined<C, MapsOf<X, 'overrides'>> & { readonly ext: ExtOf<X> };
