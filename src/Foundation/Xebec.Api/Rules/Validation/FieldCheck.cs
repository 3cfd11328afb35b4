using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Validation;

/// <summary>One declared rule of a field's value. The walk stands on the field.</summary>
internal abstract class FieldCheck
{
    public abstract void Run(Value value, CheckContext context);
}
