using Xebec.SchemaImporter;

if (args is not [var factsPath, var outputFolder])
{
    Console.Error.WriteLine("usage: Xebec.SchemaImporter FACTS.json OUTPUT-FOLDER");
    return 2;
}

var facts = FactsFile.Load(factsPath);
Directory.CreateDirectory(outputFolder);
foreach (var package in facts.GaPackages())
    File.WriteAllText(Path.Combine(outputFolder, package.ShortName.Replace('/', '.') + ".schema"), new PackageWriter(facts, package).Write());
return 0;
