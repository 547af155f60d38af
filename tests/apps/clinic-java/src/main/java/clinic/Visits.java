package clinic;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

// @klotho::persist { id = "visits" }
public interface Visits extends JpaRepository<Visit, Long> {
    List<Visit> findByPet(String pet);
}
