/** The list of project ids in a row's `project_defaults`. */
export const projectList = (json: string): ReadonlyArray<string> => {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((project) => typeof project === 'string') : [];
};
