namespace Xebec.ApiMachinery.Schema;

/// <summary>The scalar types fields are made of; the first ones by their name in the schema files.</summary>
public enum ScalarKind
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A 32-bit integer.</summary>
    Int32,

    /// <summary>A 64-bit integer.</summary>
    Int64,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>A double.</summary>
    Double,

    /// <summary>Bytes, base64 in JSON.</summary>
    Bytes,

    /// <summary>metav1.Time: RFC 3339 in whole seconds.</summary>
    Time,

    /// <summary>metav1.MicroTime: RFC 3339 with exactly six digits.</summary>
    MicroTime,

    /// <summary>metav1.Duration: a Go duration such as 1m30s.</summary>
    Duration,

    /// <summary>resource.Quantity.</summary>
    Quantity,

    /// <summary>intstr.IntOrString.</summary>
    IntOrString,

    /// <summary>runtime.RawExtension: an embedded object of any kind.</summary>
    RawExtension,

    /// <summary>apiextensions JSON: any JSON value.</summary>
    Json,

    /// <summary>metav1.FieldsV1: a set of field paths.</summary>
    FieldsV1,

    /// <summary>A schema or an array of schemas.</summary>
    JsonSchemaOrArray,

    /// <summary>A schema or a boolean.</summary>
    JsonSchemaOrBool,

    /// <summary>A schema or an array of strings.</summary>
    JsonSchemaOrStringArray,
}
