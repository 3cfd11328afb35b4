using Xebec.ApiGenerator;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Schema;

if (args is not [var schemaFolder, var outputFile])
{
    Console.Error.WriteLine("usage: Xebec.ApiGenerator SCHEMA-FOLDER OUTPUT-FILE");
    return 2;
}

var reader = new SchemaReader();
foreach (var file in Directory.EnumerateFiles(schemaFolder, "*.schema").Order(StringComparer.Ordinal))
    reader.Add(Path.GetFileName(file), File.ReadAllText(file));
var resources = ResourceTable.Read(File.ReadAllText(Path.Combine(schemaFolder, "resources.kinds")));
Directory.CreateDirectory(Path.GetDirectoryName(outputFile)!);
File.WriteAllText(outputFile, new TypedClasses(reader.Build(), resources).Write());
return 0;
