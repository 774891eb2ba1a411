/** "Jana Petersen, Leiterin Technische Hotline": whoever is responsible, as colleagues read it. The name without a title. */
export function titledName({
  name,
  title,
}: {
  readonly name: string
  readonly title?: string | undefined
}): string {
  return title === undefined ? name : `${name}, ${title}`
}
