package clinic;

import java.util.List;
import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/pets/{pet}/visits")
public class VisitController {
    private final Visits visits;

    public VisitController(Visits visits) {
        this.visits = visits;
    }

    @GetMapping
    public List<Visit> list(@PathVariable String pet) {
        return visits.findByPet(pet);
    }

    @PostMapping
    public Visit add(@PathVariable String pet, @RequestBody Visit visit) {
        visit.setPet(pet);
        return visits.save(visit);
    }

    @DeleteMapping("/{id}")
    public void cancel(@PathVariable Long id) {
        visits.deleteById(id);
    }
}
