/** A list of ids in a row, such as `project_defaults`. */
export const textList = (json: string): ReadonlyArray<string> => {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
};
