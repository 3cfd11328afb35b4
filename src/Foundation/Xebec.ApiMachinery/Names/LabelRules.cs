using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Names;

/// <summary>The rules of metadata.labels and metadata.annotations.</summary>
public static class LabelRules
{
    /// <summary>All annotations' keys and values together may have so many bytes.</summary>
    public const int AnnotationsMaximumBytes = 256 * 1024;

    /// <summary>Adds an error for each broken rule of a map of labels.</summary>
    public static void CheckLabels(ObjectValue labels, FieldPath path, List<FieldError> errors)
    {
        foreach (var (key, value) in labels)
        {
            CheckKey(key, key, path, errors);
            foreach (var message in NameRules.LabelValue(value.AsString() ?? ""))
                errors.Add(FieldError.Invalid(path, value, message));
        }
    }

    /// <summary>Adds an error for each broken rule of a map of annotations.</summary>
    public static void CheckAnnotations(ObjectValue annotations, FieldPath path, List<FieldError> errors)
    {
        var bytes = 0;
        foreach (var (key, value) in annotations)
        {
            CheckKey(key.ToLowerInvariant(), key, path, errors);
            bytes += NameText.Utf8Length(key) + NameText.Utf8Length(value.AsString() ?? "");
        }

        if (bytes > AnnotationsMaximumBytes)
            errors.Add(FieldError.TooLong(path, AnnotationsMaximumBytes));
    }

    private static void CheckKey(string key, string shown, FieldPath path, List<FieldError> errors)
    {
        foreach (var message in NameRules.QualifiedName(key))
            errors.Add(FieldError.Invalid(path, shown, message));
    }
}
