using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules;

/// <summary>What a rules file cannot say of a type: its computed defaults. Runs wherever the type is used.</summary>
internal sealed record CodedRule(Action<ObjectValue>? Default = null);
