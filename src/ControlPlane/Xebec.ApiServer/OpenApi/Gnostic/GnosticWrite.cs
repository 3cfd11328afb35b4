using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.OpenApi.Gnostic;

/// <summary>Writes a JSON value of a document as a protobuf field of some type.</summary>
/// <param name="output">Where to.</param>
/// <param name="number">The field's number.</param>
/// <param name="value">The value.</param>
internal delegate void GnosticWrite(ProtobufBuffer output, int number, Value value);
