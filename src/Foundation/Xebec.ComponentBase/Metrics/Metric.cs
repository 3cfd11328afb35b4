using System.Buffers;

namespace Xebec.ComponentBase.Metrics;

/// <summary>One metric family of a registry: a name, a help text, a type, and its series.</summary>
public abstract class Metric
{
    private protected Metric(string name, string help, string type, string[] labelNames)
    {
        (Name, Help, Type, LabelNames) = (name, help, type, labelNames);
    }

    /// <summary>The family's name, as upstream spells it.</summary>
    public string Name { get; }

    /// <summary>The help text.</summary>
    public string Help { get; }

    internal string Type { get; }

    internal string[] LabelNames { get; }

    internal abstract void WriteSeries(IBufferWriter<byte> output);
}
