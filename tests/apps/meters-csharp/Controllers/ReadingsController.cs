using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Mvc;

namespace Meters.Controllers
{
    [ApiController]
    [Route("meters/{meter}/[controller]")]
    public class ReadingsController : ControllerBase
    {
        private static readonly ConcurrentDictionary<string, List<decimal>> All = new();

        // What the meter said, oldest first.
        [HttpGet]
        public IEnumerable<decimal> List(string meter)
        {
            return All.TryGetValue(meter, out var readings) ? readings : Enumerable.Empty<decimal>();
        }

        [HttpGet("{index:int}")]
        public ActionResult<decimal> Get(string meter, int index)
        {
            var readings = List(meter).ToList();
            return index < readings.Count ? readings[index] : NotFound();
        }

        [HttpPost]
        public IActionResult Add(string meter, [FromBody] decimal reading)
        {
            All.GetOrAdd(meter, _ => new List<decimal>()).Add(reading);
            return NoContent();
        }
    }
}
