using Xebec.ApiGenerator;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Schema;

if (args is not [var schemaFolder, var outputFile, var descriptionsFile])
{
    Console.Error.WriteLine("usage: Xebec.ApiGenerator SCHEMA-FOLDER CLASSES-FILE DESCRIPTIONS-FILE");
    return 2;
}

var reader = new SchemaReader();
foreach (var file in Directory.EnumerateFiles(schemaFolder, "*.schema").Order(StringComparer.Ordinal))
    reader.Add(Path.GetFileName(file), File.ReadAllText(file));
var resources = ResourceTable.Read(File.ReadAllText(Path.Combine(schemaFolder, "resources.kinds")));
Directory.CreateDirectory(Path.GetDirectoryName(outputFile)!);
var schema = reader.Build();
File.WriteAllText(outputFile, new TypedClasses(schema, resources).Write());
new Descriptions(schema).WriteTo(descriptionsFile);
return 0;
