namespace LiveDesk.Domain.Workspaces;

/// <summary>One field of a request and what is wrong with it.</summary>
public sealed record FieldError(string Field, string Message);
