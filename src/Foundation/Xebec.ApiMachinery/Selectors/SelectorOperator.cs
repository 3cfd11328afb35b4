namespace Xebec.ApiMachinery.Selectors;

/// <summary>How a requirement compares a label.</summary>
public enum SelectorOperator
{
    /// <summary>key=value.</summary>
    Equal,

    /// <summary>key!=value; also without the label.</summary>
    NotEqual,

    /// <summary>key in (values).</summary>
    In,

    /// <summary>key notin (values); also without the label.</summary>
    NotIn,

    /// <summary>key.</summary>
    Exists,

    /// <summary>!key.</summary>
    DoesNotExist,

    /// <summary>key&gt;number.</summary>
    GreaterThan,

    /// <summary>key&lt;number.</summary>
    LessThan,
}
