import { type Expression, Node, type ObjectLiteralExpression, type Type } from 'ts-morph';

/** The strings that an expression of this type may be; null when they are not known one by one. */
export function stringsOf(type: Type): readonly string[] | null {
  const whole = type.isTypeParameter() ? (type.getConstraint() ?? type) : type;
  const parts = whole.isUnion() ? whole.getUnionTypes() : [whole];
  const texts = parts
    .filter((part) => part.isStringLiteral())
    .map((part) => part.getLiteralValue());
  if (texts.length !== parts.length) return null;
  return texts.filter((text) => typeof text === 'string');
}

/** The name of a member as it is written: `a.name`, `a['name']`, `a[key]` with a key of one value. */
export function keyOf(node: Node | undefined): string | null {
  if (node === undefined) return null;
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) {
    return node.getLiteralValue();
  }
  const [text, ...others] = stringsOf(node.getType()) ?? [];
  return text !== undefined && others.length === 0 ? text : null;
}

export interface Property {
  readonly name: string;
  readonly node: Node;
  /** Absent: of a shorthand. */
  readonly value: Expression | undefined;
}

export function propertiesOf(node: ObjectLiteralExpression): readonly Property[] {
  return node.getProperties().flatMap((property): Property[] => {
    if (Node.isShorthandPropertyAssignment(property)) {
      return [{ name: property.getName(), node: property, value: undefined }];
    }
    if (!Node.isPropertyAssignment(property)) return [];
    const key = property.getNameNode();
    const name = Node.isComputedPropertyName(key)
      ? keyOf(key.getExpression())
      : Node.isStringLiteral(key)
        ? key.getLiteralValue()
        : property.getName();
    return name === null ? [] : [{ name, node: property, value: property.getInitializer() }];
  });
}

export const hasSpread = (node: ObjectLiteralExpression): boolean =>
  node.getProperties().some((property) => Node.isSpreadAssignment(property));

/** Of the types that an object literal may be of, the arms that its literal values allow. */
export function fitting(node: ObjectLiteralExpression, wanted: Type): readonly Type[] {
  const arms = wanted.isUnion() ? wanted.getUnionTypes() : [wanted];
  const literals = propertiesOf(node).flatMap(({ name, value }) => {
    const text = Node.isStringLiteral(unwrapped(value)) ? keyOf(unwrapped(value)) : null;
    return text === null ? [] : [{ name, text }];
  });
  const fits = arms.filter((arm) =>
    literals.every(({ name, text }) => {
      const type = arm.getProperty(name)?.getTypeAtLocation(node);
      if (type === undefined) return false;
      const parts = type.isUnion() ? type.getUnionTypes() : [type];
      return parts.some((part) => part.isString() || part.getLiteralValue() === text);
    }),
  );
  return fits.length === 0 ? arms : fits;
}

/** An expression without parentheses, `as const`, `satisfies` and `!` around it. */
export function unwrapped(node: Node | undefined): Node | undefined {
  if (
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node)
  ) {
    return unwrapped(node.getExpression());
  }
  return node;
}
