using Xebec.Store.Sqlite.Tests;
using Xebec.Store.Sqlite.Tests.Faults;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

return args switch
{
    [CrashingChild.Argument, var path] => await CrashingChild.WriteUntilKilledAsync(path),
    [FileLimitChild.Argument, var path] => await FileLimitChild.RunAsync(path),
    _ when args.Contains("--server") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
