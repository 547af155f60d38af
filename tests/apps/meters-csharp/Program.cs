using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace Meters
{
    public class Program
    {
        public static void Main(string[] args)
        {
            Build(args).Build().Run();
        }

        public static IHostBuilder Build(string[] args) =>
            Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web => web.UseStartup<Startup>());
    }
}
