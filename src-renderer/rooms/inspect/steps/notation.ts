/**
 * Equations as docs/cells writes them, e.g. `a_i = W_ii x_t + b_ii + W_hi h_(t-1) + b_hi`: `*` is element by element, names side by side are
 * a matrix times a column, `W^T v` with the matrix transposed, `a b^T` the matrix of all products, `[a, b]` one below the other.
 */
export type Expression =
  | { kind: 'number'; text: string }
  | { kind: 'name'; name: string }
  | { kind: 'sum'; terms: readonly { minus: boolean; of: Expression }[] }
  | { kind: 'times'; factors: readonly Expression[] }
  | { kind: 'product'; matrix: string; transposed: boolean; vector: string }
  | { kind: 'outer'; column: string; row: string }
  | { kind: 'call'; of: Expression; name: ActivationName; squared: boolean }
  | { kind: 'square'; of: Expression }
  | { kind: 'stack'; parts: readonly Expression[] };

export type ActivationName = 's' | 'tanh';

export interface Equation {
  left: string;
  /** null: a name alone, of a value that is given. */
  right: Expression | null;
}

const NAME = /^[A-Za-z]+(?:_(?:\(t-1\)|[A-Za-z]+))?$/;
const TOKEN = /[A-Za-z]+(?:_(?:\(t-1\)|[A-Za-z]+))?|\d+|\^T|\^2|[-+*()[\],]/g;

/** @throws Error where an equation is not written so */
export function parseEquation(text: string): Equation {
  const [left, right] = text.split(' = ');
  return { left, right: right === undefined ? null : new Reader(right).whole() };
}

/** Reads by descent: a sum of products of factors. */
class Reader {
  readonly #tokens: string[];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = text.match(TOKEN) ?? [];
  }

  whole(): Expression {
    const sum = this.#sum();
    if (this.#tokens.length > 0) this.#fail();
    return sum;
  }

  #sum(): Expression {
    const terms = [{ minus: false, of: this.#times() }];
    while (this.#next === '+' || this.#next === '-') terms.push({ minus: this.#take() === '-', of: this.#times() });
    return terms.length === 1 ? terms[0].of : { kind: 'sum', terms };
  }

  #times(): Expression {
    const factors = [this.#factor()];
    while (this.#accept('*')) factors.push(this.#factor());
    return factors.length === 1 ? factors[0] : { kind: 'times', factors };
  }

  #factor(): Expression {
    const token = this.#take();
    if (token === '(') {
      const of = this.#sum();
      this.#expect(')');
      return this.#accept('^2') ? { kind: 'square', of } : of;
    }
    if (token === '[') {
      const parts = [this.#sum()];
      while (this.#accept(',')) parts.push(this.#sum());
      this.#expect(']');
      return { kind: 'stack', parts };
    }
    if (/^\d/.test(token)) return { kind: 'number', text: token };
    if (token === 's' || token === 'tanh')
      return { kind: 'call', name: token, squared: this.#accept('^2'), of: this.#factor() };
    if (NAME.test(token)) return this.#named(token);
    return this.#fail();
  }

  /** A name alone, or two side by side. */
  #named(name: string): Expression {
    const transposed = this.#accept('^T');
    if (!NAME.test(this.#next)) return { kind: 'name', name };
    const second = this.#take();
    return this.#accept('^T')
      ? { kind: 'outer', column: name, row: second }
      : { kind: 'product', matrix: name, transposed, vector: second };
  }

  get #next(): string {
    return this.#tokens[0] ?? '';
  }

  #take(): string {
    return this.#tokens.shift() ?? this.#fail();
  }

  #accept(token: string): boolean {
    if (this.#next !== token) return false;
    this.#tokens.shift();
    return true;
  }

  #expect(token: string): void {
    if (!this.#accept(token)) this.#fail();
  }

  #fail(): never {
    throw new Error(`not an equation: ${this.#text}`);
  }
}
