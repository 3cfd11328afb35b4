using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Xebec.ApiServer;

/// <summary>
/// Only the services that Kestrel needs. A web application brings a host, configuration and routing besides, which nothing here uses
/// and which cost 2 MiB and some of the start.
/// </summary>
internal sealed class KestrelBuilder : IWebHostBuilder, IMeterFactory
{
    private readonly ServiceCollection _services = [];

    public KestrelBuilder(ILoggerFactory loggers)
    {
        _services.AddSingleton(loggers).AddSingleton<IMeterFactory>(this).AddSingleton<DiagnosticSource>(new DiagnosticListener("Kestrel"));
        _services.AddSingleton(typeof(ILogger<>), typeof(Logger<>)).AddOptions();
    }

    public ServiceProvider BuildServices() => _services.BuildServiceProvider();

    public IWebHostBuilder ConfigureServices(Action<IServiceCollection> configureServices)
    {
        configureServices(_services);
        return this;
    }

    public IWebHostBuilder ConfigureServices(Action<WebHostBuilderContext, IServiceCollection> configureServices)
    {
        configureServices(new WebHostBuilderContext(), _services);
        return this;
    }

    public IWebHostBuilder ConfigureAppConfiguration(Action<WebHostBuilderContext, IConfigurationBuilder> configureDelegate) => this;

    public IWebHostBuilder UseSetting(string key, string? value) => this;

    public string? GetSetting(string key) => null;

    [Obsolete("there is no host to build")]
    public IWebHost Build() => throw new NotSupportedException("there is no host");

    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
    }
}
