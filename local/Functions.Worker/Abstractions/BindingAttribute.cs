namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Base of every attribute that binds a parameter, a return value or a property to something outside the function.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Property)]
public abstract class BindingAttribute : Attribute;

/// <summary>Base of the attributes that say what starts a function.</summary>
public abstract class TriggerBindingAttribute : BindingAttribute;

/// <summary>Base of the attributes that hand a function something besides its trigger.</summary>
public abstract class InputBindingAttribute : BindingAttribute;

/// <summary>Base of the attributes that say where a function's result goes.</summary>
public abstract class OutputBindingAttribute : BindingAttribute;
