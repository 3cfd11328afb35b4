using Xebec.ApiServer.Tests;
using Xebec.ApiServer.Tests.Faults;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

return args switch
{
    [ServerChild.Argument, var folder] => await ServerChild.ServeUntilKilledAsync(folder),
    _ when args.Contains("--server") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
